import { findAll, shadowOf } from '../../native.ts';

/** Most of a page, and no components. */
const PLAIN =
  'div,span,p,a,li,td,tr,th,tbody,ul,i,b,br,img,em,strong,svg,path,g,use,circle,rect,line,polygon,option,input,label,button,' +
  'script,style,link,meta,small,table,ol,dl,dt,dd,select,textarea,form';
/** The browser's own search is done with 50,000 elements in 3 ms; asking each for its shadow root takes 20. */
const MAY_HAVE_ROOT = `:not(${PLAIN}),div:empty,span:empty`;

/** Shadow roots and documents in frames, whatever depth they are at. A `div` that shows children of its own in slots is not asked. */
export function innerRoots(root: Document | ShadowRoot): (Document | ShadowRoot)[] {
  return [...findAll(root, MAY_HAVE_ROOT)].flatMap((element) => {
    const inner = shadowOf(element) ?? (element as Partial<HTMLIFrameElement>).contentDocument;
    return inner ? [inner, ...innerRoots(inner)] : [];
  });
}
